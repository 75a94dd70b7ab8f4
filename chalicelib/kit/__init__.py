"""What every house needs and no house owns: doors, rows, events, clock, texts.

The kit utters no word of the business. It knows callers, rows, events and refusals in general;
what they mean is said upstairs.
"""
