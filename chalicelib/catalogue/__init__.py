"""What a resident can order: offerings with their order forms, deadlines and rules, and their categories.

It announces that offerings were added, changed and archived. It asks staff and premises whether the people
and buildings an offering names exist, and knows nothing of what was ordered.
"""
