"""lenaudit: which legal network frames does a driver drop because of its length checks?"""

__version__ = "0.1.0"
