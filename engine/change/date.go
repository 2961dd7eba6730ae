package change

import "strconv"

// date writes seconds since 1970 as a date, `2026-01-31T12:00:00Z` for one.
// What is no such number, or lies outside the years that have four digits,
// stays as it is.
func date(text string) string {
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > 253402300799 {
		return text
	}
	day, clock := seconds/86400, seconds%86400
	year := int64(1970)
	for day >= daysOf(year) {
		day -= daysOf(year)
		year++
	}
	month := 0
	for day >= monthDays(year, month) {
		day -= monthDays(year, month)
		month++
	}
	return digits(year, 4) + "-" + digits(int64(month)+1, 2) + "-" + digits(day+1, 2) +
		"T" + digits(clock/3600, 2) + ":" + digits(clock/60%60, 2) + ":" + digits(clock%60, 2) + "Z"
}

func leap(year int64) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysOf(year int64) int64 {
	if leap(year) {
		return 366
	}
	return 365
}

// monthDays counts months from 0.
func monthDays(year int64, month int) int64 {
	if month == 1 && leap(year) {
		return 29
	}
	return [...]int64{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month]
}

func digits(n int64, width int) string {
	text := strconv.FormatInt(n, 10)
	for len(text) < width {
		text = "0" + text
	}
	return text
}
