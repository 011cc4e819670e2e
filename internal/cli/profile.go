package cli

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"

	"github.com/spf13/cobra"
)

// profiles are the hidden flags for developers: where time and memory go.
type profiles struct {
	cpu, memory string
	file        *os.File
}

func (f *profiles) flags(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringVar(&f.cpu, "cpu-profile", "", "write a CPU profile to this file")
	p.StringVar(&f.memory, "memory-profile", "", "write a heap profile to this file at the end")
	// MarkHidden fails only for a flag that does not exist.
	_ = p.MarkHidden("cpu-profile")
	_ = p.MarkHidden("memory-profile")
}

func (f *profiles) start() error {
	if f.cpu == "" {
		return nil
	}
	file, err := os.Create(f.cpu)
	if err != nil {
		return fmt.Errorf("--cpu-profile: %w", err)
	}
	f.file = file
	return pprof.StartCPUProfile(file)
}

func (f *profiles) stop() error {
	if f.file != nil {
		pprof.StopCPUProfile()
		if err := f.file.Close(); err != nil {
			return fmt.Errorf("--cpu-profile: %w", err)
		}
	}
	if f.memory == "" {
		return nil
	}
	file, err := os.Create(f.memory)
	if err != nil {
		return fmt.Errorf("--memory-profile: %w", err)
	}
	runtime.GC()
	if err := pprof.WriteHeapProfile(file); err != nil {
		return fmt.Errorf("--memory-profile: %w", err)
	}
	return file.Close()
}
