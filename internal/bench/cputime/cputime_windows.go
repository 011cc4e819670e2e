package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time of this process so far, collector included.
func Used() time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, ended, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(process, &created, &ended, &kernel, &user) != nil {
		return 0
	}
	return elapsed(kernel) + elapsed(user)
}

// elapsed reads a time as a length: Filetime.Nanoseconds takes it for a date.
func elapsed(t syscall.Filetime) time.Duration {
	return time.Duration(int64(t.HighDateTime)<<32|int64(t.LowDateTime)) * 100
}
