"""What the merge adds to the parts of the houses."""

from infra.merge import compose


def test_every_table_is_protected_from_deletion_where_the_deployment_says_so():
    tables = [one for one in compose()['Resources'].values() if one['Type'] == 'AWS::DynamoDB::Table']
    assert len(tables) >= 9
    assert {str(one['Properties']['DeletionProtectionEnabled']) for one in tables} == {"{'Ref': 'Keep'}"}
