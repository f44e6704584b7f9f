"""Users, roles as data, memberships, assignments of responsibility, sign-in.

It knows who a person is, what their roles allow and for whom they answer. It does not know what an
enterprise or an application is: a subject is a kind, an id and a label given by the context that owns it.
"""
