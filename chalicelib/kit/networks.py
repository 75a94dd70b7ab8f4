"""From where somebody calls, as far as it is counted."""

import ipaddress


def network_of(source_ip: str) -> str:
    """What a caller's IP address is counted as: itself, or the /64 that one IPv6 customer gets whole."""
    try:
        address = ipaddress.ip_address(source_ip)
    except ValueError:
        return 'unknown'
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
