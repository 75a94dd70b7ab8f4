"""The services and doors on a real DynamoDB engine: what threads at once and what it costs, no moto."""
