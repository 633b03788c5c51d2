"""账号: who can sign in. An account carries no right to the work; rights come from posts (`pipeline.directory`)."""
