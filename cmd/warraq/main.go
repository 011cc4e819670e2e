// Command warraq builds a right-to-left archive site from Arabic news articles.
package main

import "os"

func main() {
	os.Exit(0)
}
