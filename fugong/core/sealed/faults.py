"""What can be wrong with keys. Never silent: an unreadable value must not look like an empty one."""


class SealedFault(RuntimeError):
    """Base of all faults of sealing. Not a refusal: the machine is not in order, the reader is."""


class KeyRingFault(SealedFault):
    """The folder of master keys cannot be used as it is."""


class KeyLost(SealedFault):
    """A key that a value needs is not there."""


class KeyDestroyed(SealedFault):
    """The value's key was destroyed on purpose: the value is gone, and was meant to be."""


class NoAuthority(SealedFault):
    """A value was to be sealed or opened while no authority, or another one, was acting."""


class StillInUse(SealedFault):
    """A key is not destroyed while it takes new values or living rows need it."""
