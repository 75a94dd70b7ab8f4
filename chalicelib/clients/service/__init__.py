"""What other houses may ask of this one: looks at clients, who lives where, and the deeds of our support."""

from chalicelib.clients.repository import reading_client, reading_tenure
from chalicelib.clients.service.homes import clients_of, homes_of, tenures_of
from chalicelib.clients.service.looking import everybody, having_phone, residing, retold, seen
from chalicelib.clients.service.people import change_phone, find_by_external_id, note_sign_in

__all__ = [
    'change_phone',
    'clients_of',
    'everybody',
    'find_by_external_id',
    'having_phone',
    'homes_of',
    'note_sign_in',
    'reading_client',
    'reading_tenure',
    'residing',
    'retold',
    'seen',
    'tenures_of',
]
