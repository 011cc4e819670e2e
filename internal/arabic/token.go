package arabic
