// Command warraq builds a right-to-left archive site from Arabic news articles.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"warraq/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
