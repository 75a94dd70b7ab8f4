"""What a client did and when («Активность клиента»), as staff read it beside his requests and on his card.

Listens to the houses below (`rules.TABLE`: one line an event) and keeps a copy that can be made anew. Asks
`requests` and `clients` what the reader may see, and `premises` where a home is. Announces nothing; an entry
belongs to the client who was the customer then, and stays his when the request becomes another's.
"""
