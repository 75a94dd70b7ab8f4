"""Who is told of what, and how (NTF-001..020)."""

from chalicelib.staff.model import Employee, MatrixChannel, NotificationKind, Organisation, Recipient, Role


def recipient(
    employee: Employee, role: Role | None, kind: NotificationKind, organisation: Organisation
) -> Recipient | None:
    """How the employee is told of `kind`; None if he left or his role ticks nothing for it (NTF-001)."""
    if role is None or not employee.is_active:
        return None
    ticked = role.ticks(kind)
    by_push = MatrixChannel.PUSH in ticked
    by_email = MatrixChannel.EMAIL in ticked and employee.email is not None
    if not (by_push or by_email):
        return None
    return Recipient(
        employee_id=employee.id,
        name=employee.name,
        email=employee.email,
        locale=employee.locale or organisation.locale,
        by_push=by_push,
        by_email=by_email,
    )
