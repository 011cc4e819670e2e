package main

func measureAll(sizes []int, runs int, what []string, work, out string, seed uint64) error {
	return nil
}
