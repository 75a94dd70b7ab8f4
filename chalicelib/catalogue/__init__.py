"""What a resident can order: offerings with their order forms, deadlines and rules, and their categories.

It announces that offerings were added, changed and archived. It asks staff, premises and prices whether
what an offering names exists, and knows nothing of what was ordered.
"""
