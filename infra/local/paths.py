"""Where things are on disk."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / 'infra' / 'local'
INSTALLED = Path(os.environ.get('DOMOVOY_LOCAL_TOOLS') or ROOT / '.local')
MINISTACK_PYTHON = INSTALLED / 'ministack' / 'bin' / 'python'
DYNOXIDE = INSTALLED / 'dynoxide' / 'node_modules' / '@dynoxide' / 'linux-x64' / 'dynoxide'
DEFAULT_DATA = INSTALLED / 'data'
