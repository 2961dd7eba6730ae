package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// budget is the most that some files together may have in Brotli. A KB is 1,000 bytes.
type budget struct {
	name  string
	files []string
	limit int
}

func budgets(a *assets) []budget {
	first := append([]string{a.Play, a.Worker, a.Styles, a.Theme}, a.PlayImports...)
	return []budget{
		{"engine", []string{a.Engine}, 1_150_000},
		{"engine of the account's page", []string{a.AccountEngine}, 1_250_000},
		{"script and styles of the playground's first view", first, 90_000},
		{"the same with the code editor", slices.Concat(first, a.Editor), 200_000},
		{"script and styles of the account's page beside the common ones", append([]string{a.Account, a.AccountStyles}, a.AccountImports...), 40_000},
		{"script of the search's page beside the common ones", append([]string{a.Search}, a.SearchImports...), 25_000},
		{"styles of the course", []string{a.CourseStyles}, 5_000},
		{"texts that are searched", []string{a.Searched}, 150_000},
		{"words", []string{a.Words}, 15_000},
		{"rules", []string{a.Rules}, 40_000},
		{"catalogue", []string{a.Catalogue}, 170_000},
		{"script that is loaded when something asks for it", a.Later, 150_000},
	}
}

// report prints every file's sizes and fails when a budget is exceeded.
func report(w io.Writer, files map[string]compressedFile, limits []budget) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "plain KB\tgzip KB\tBrotli KB\t")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		fmt.Fprintf(table, "%s\t%s\t%s\t %s\n", kilobytes(len(f.plain)), kilobytes(len(f.gzip)), kilobytes(len(f.brotli)), name)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	var exceeded []error
	for _, b := range limits {
		total := 0
		for _, name := range b.files {
			total += len(files[name].brotli)
		}
		line := fmt.Sprintf("%s: %s KB in Brotli of at most %s", b.name, kilobytes(total), kilobytes(b.limit))
		fmt.Fprintln(w, line)
		if total > b.limit {
			exceeded = append(exceeded, errors.New("over budget: "+line))
		}
	}
	return errors.Join(exceeded...)
}

func kilobytes(n int) string { return fmt.Sprintf("%.1f", float64(n)/1000) }
