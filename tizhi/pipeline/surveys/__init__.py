"""问卷: built in the browser, answered by link without an account, summed up as tables and charts [H4].

takes: scheme, directory, studies      makes: Survey, Invitation, Response
"""
