"""The commander's context: bulletins whose figures have proof, and the situation page.

Owns bulletins and their frozen figures. Does not own any figure: contexts define them; it composes.
"""
