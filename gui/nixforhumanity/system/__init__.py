"""The edge: the only package that runs a program or touches what is not ours."""
