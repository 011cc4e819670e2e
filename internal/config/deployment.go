package config

import (
	"github.com/gohugoio/hugo/deploy/deployconfig"
)

// Deployment is the table [deployment], with Hugo's meaning.
type Deployment struct {
	Targets       []DeployTarget
	Matchers      []DeployMatcher
	Workers       int
	MaxDeletes    int // -1: no limit
	InvalidateCDN bool
}

// DeployTarget is one [[deployment.targets]].
type DeployTarget struct {
	Name                     string
	URL                      string // s3://, gs://, azblob://, file:// or a folder
	CloudFrontDistributionID string
	GoogleCloudCDNOrigin     string
	Include, Exclude         string // globs over paths
	StripIndexHTML           bool
}

// DeployMatcher is one [[deployment.matchers]]: headers for the files whose
// path matches the regular expression Pattern.
type DeployMatcher struct {
	Pattern         string
	CacheControl    string
	ContentEncoding string
	ContentType     string
	Gzip            bool // upload compressed
	Force           bool // upload although unchanged
}

func deployment(c deployconfig.DeployConfig) Deployment {
	d := Deployment{Workers: c.Workers, MaxDeletes: c.MaxDeletes, InvalidateCDN: c.InvalidateCDN}
	for _, t := range c.Targets {
		d.Targets = append(d.Targets, DeployTarget{
			Name: t.Name, URL: t.URL, CloudFrontDistributionID: t.CloudFrontDistributionID,
			GoogleCloudCDNOrigin: t.GoogleCloudCDNOrigin, Include: t.Include, Exclude: t.Exclude, StripIndexHTML: t.StripIndexHTML,
		})
	}
	for _, m := range c.Matchers {
		d.Matchers = append(d.Matchers, DeployMatcher{
			Pattern: m.Pattern, CacheControl: m.CacheControl, ContentEncoding: m.ContentEncoding,
			ContentType: m.ContentType, Gzip: m.Gzip, Force: m.Force,
		})
	}
	return d
}
