"""The embedded runtime: the production template, alive on one machine.

`python -m infra.local run` deploys what `chalice package` would deploy onto MiniStack (a local AWS
endpoint), with dynoxide as its DynamoDB, serves the HTTP interface, and stands in for the neighbours.
Only loopback addresses are opened. Nothing in here is part of the deployed package.
"""
