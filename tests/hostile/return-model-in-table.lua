return { ve.model {} }
