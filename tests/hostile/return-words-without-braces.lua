return ve.model { options = { ve.normal }, functions = { ve.direct } }
