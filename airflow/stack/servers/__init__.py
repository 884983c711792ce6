"""What the stack is made of: its programs, how they start, stop and are watched."""
