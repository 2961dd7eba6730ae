// Package order sorts lists by one routine for lists of all kinds. The standard
// library's generic one is compiled anew for every kind, each time some ten
// kilobytes of a browser's download.
package order

import "sort"

// By sorts a list; what compares as equal stays in its order.
func By[T any](list []T, compare func(a, b T) int) {
	sort.Stable(&sorter[T]{list, compare})
}

type sorter[T any] struct {
	list    []T
	compare func(a, b T) int
}

func (s *sorter[T]) Len() int           { return len(s.list) }
func (s *sorter[T]) Less(i, j int) bool { return s.compare(s.list[i], s.list[j]) < 0 }
func (s *sorter[T]) Swap(i, j int)      { s.list[i], s.list[j] = s.list[j], s.list[i] }
