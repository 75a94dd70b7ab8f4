"""The rows of clients.

    <organisation>#client#<id>            client | client#tenure#<premises> | event#...
    <organisation>#client#<id>#reads      event#<milliseconds>         who read the documents
    <organisation>#words#<letter>         <word>#<id>                  what search finds
    <organisation>#external#<system>      <value>                      whose identifier it is
    <organisation>#tags                   <folded tag>                 tags in use

`by_list` lists clients by name; `by_premises` and `by_building` list who lives where. `last_seen_at` is
an attribute of the row, because a sign-in changes nothing else.
"""

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.clients.model import Client, ClientNotFound, ClientNotInPremises, Tenure
from chalicelib.kit import clock, settings
from chalicelib.kit.dynamo import Read, TableMeta
from chalicelib.kit.finding import FoundRow

TENURE = 'client#tenure#'


class ByList(GlobalSecondaryIndex['ClientRow']):
    """The clients of an organisation in the order of their names."""

    class Meta(TableMeta):
        index_name = 'by_list'
        projection = AllProjection()

    list_key = UnicodeAttribute(hash_key=True)
    list_order = UnicodeAttribute(range_key=True)


class ByPremises(GlobalSecondaryIndex['ClientRow']):
    """The tenures of one premises."""

    class Meta(TableMeta):
        index_name = 'by_premises'
        projection = AllProjection()

    premises_key = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute(range_key=True)


class ByBuilding(GlobalSecondaryIndex['ClientRow']):
    """The tenures of one building."""

    class Meta(TableMeta):
        index_name = 'by_building'
        projection = AllProjection()

    building_key = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute(range_key=True)


class ClientRow(FoundRow):
    """One row of the house; `places` are the buildings that the scope of employees speaks of."""

    class Meta(TableMeta):
        table_name = settings.table('clients')

    list_key = UnicodeAttribute(null=True)
    list_order = UnicodeAttribute(null=True)
    premises_key = UnicodeAttribute(null=True)
    building_key = UnicodeAttribute(null=True)
    places = UnicodeSetAttribute(null=True)
    state = UnicodeAttribute(null=True)
    kind = UnicodeAttribute(null=True)
    tags = UnicodeSetAttribute(null=True)
    last_seen_at = UnicodeAttribute(null=True)

    by_list = ByList()
    by_premises = ByPremises()
    by_building = ByBuilding()


def pk(organisation: str, client_id: str) -> str:
    """The partition of one client."""
    return f'{organisation}#client#{client_id}'


def client_of(row: ClientRow) -> Client:
    """The client of a row; its version and last sign-in are those of the row."""
    seen = clock.instant(row.last_seen_at) if row.last_seen_at else None
    client = Client.model_validate_json(row.body or '')
    return client.model_copy(update={'version': int(row.version or 0), 'last_seen_at': seen})


def tenure_of(row: ClientRow) -> Tenure:
    """The tenure of a row."""
    return Tenure.model_validate_json(row.body or '')


def reading_client(organisation: str, client_id: str) -> Read[Client]:
    """A look at a client; missing is ClientNotFound."""
    return Read(ClientRow, (pk(organisation, client_id), 'client'), client_of, ClientNotFound)


def reading_tenure(organisation: str, client_id: str, premises_id: str) -> Read[Tenure]:
    """A look at a client's right to premises; missing is ClientNotInPremises (REQ-054)."""
    key = (pk(organisation, client_id), TENURE + premises_id)
    return Read(ClientRow, key, tenure_of, ClientNotInPremises)


def words_shelf(organisation: str) -> str:
    """Where the words of clients stand."""
    return f'{organisation}#words'
