"""The function that fills documents of strangers may do what it needs, and nothing else."""

from tests import packaging
from tests.world import template

TABLES = [{'Fn::GetAtt': ['PapersTable', 'Arn']}, {'Fn::GetAtt': ['FilesTable', 'Arn']}]


def test_it_has_a_role_of_its_own():
    deployed = packaging.template()['Resources']
    own = {'Fn::GetAtt': ['PapersWorkRole', 'Arn']}
    assert deployed['PapersWork']['Properties']['Role'] == own
    others = [name for name, one in deployed.items() if one.get('Properties', {}).get('Role') == own]
    assert others == ['PapersWork']


def test_the_role_reads_and_writes_the_rows_of_papers_and_files_only_and_sends_nothing():
    role = template()['Resources']['PapersWorkRole']['Properties']
    [policy] = role['Policies']
    allowed: dict[str, list] = {}
    for one in policy['PolicyDocument']['Statement']:
        for action in [one['Action']] if isinstance(one['Action'], str) else one['Action']:
            allowed.setdefault(action.partition(':')[0], []).append((action, one['Resource']))
    assert set(allowed) == {'logs', 'sqs', 'dynamodb', 's3'}
    assert 'ManagedPolicyArns' not in role
    assert all(resource == TABLES for _, resource in allowed['dynamodb'])
    assert 'sqs:SendMessage' not in dict(allowed['sqs'])
    assert dict(allowed['s3'])['s3:PutObject'] == {'Fn::Sub': '${FilesBucket.Arn}/made/*'}
    assert dict(allowed['s3'])['s3:GetObject'] == {'Fn::Sub': '${FilesBucket.Arn}/kept/*'}
