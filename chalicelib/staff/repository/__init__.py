"""The only room that knows the rows, keys and indexes of the house of staff."""
