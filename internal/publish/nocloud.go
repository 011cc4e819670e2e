//go:build !withdeploy

package publish

import (
	"context"

	"warraq/internal/config"
)

const cloud = false

func invalidate(context.Context, config.DeployTarget) error { return nil }
