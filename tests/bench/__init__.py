"""What the system is measured by: call counts, capacity and ratios; and one real night replayed."""
