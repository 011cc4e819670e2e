//go:build withdeploy

package publish

import (
	"context"

	"github.com/gohugoio/hugo/deploy"
	"github.com/gohugoio/hugo/deploy/deployconfig"
	_ "gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"

	"warraq/internal/config"
)

const cloud = true

func invalidate(ctx context.Context, t config.DeployTarget) error {
	if t.CloudFrontDistributionID != "" {
		return deploy.InvalidateCloudFront(ctx, &deployconfig.Target{CloudFrontDistributionID: t.CloudFrontDistributionID})
	}
	if t.GoogleCloudCDNOrigin != "" {
		return deploy.InvalidateGoogleCloudCDN(ctx, t.GoogleCloudCDNOrigin)
	}
	return nil
}
