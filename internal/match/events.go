package match

import "warraq/internal/archive"

func (s *scan) findEvents() []archive.DraftEvent { return nil }
