package condition

import (
	"net/netip"
	"strconv"
	"strings"
)

// decimal is an exact decimal number: 0.digits × 10^exponent, with the sign
// apart. Zero has no digits.
type decimal struct {
	negative bool
	digits   string
	exponent int
}

// maxExponent keeps exponents comparable; a number beyond it is not read.
const maxExponent = 1_000_000

// parseDecimal reads an integer or decimal, with an exponent if it has one.
//
// UNDOCUMENTED: range, precision, exponent and a leading plus (U-19).
func parseDecimal(text string) (decimal, bool) {
	var d decimal
	rest := text
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		d.negative = rest[0] == '-'
		rest = rest[1:]
	}
	mantissa, exponent, hasExponent := cutAny(rest, "eE")
	if hasExponent {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > maxExponent || n < -maxExponent {
			return d, false
		}
		d.exponent = n
	}
	whole, fraction, hasPoint := strings.Cut(mantissa, ".")
	if whole+fraction == "" || hasPoint && fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return d, false
	}
	d.digits = whole + fraction
	d.exponent += len(whole)
	trimmed := strings.TrimLeft(d.digits, "0")
	d.exponent -= len(d.digits) - len(trimmed)
	d.digits = strings.TrimRight(trimmed, "0")
	if d.digits == "" {
		return decimal{}, true
	}
	return d, true
}

func cutAny(s, chars string) (before, after string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// compare is negative, zero or positive as d is less than, equal to or greater than e.
func (d decimal) compare(e decimal) int {
	if s, t := d.sign(), e.sign(); s != t || s == 0 {
		return s - t
	}
	order := strings.Compare(d.digits, e.digits)
	if d.exponent != e.exponent {
		order = d.exponent - e.exponent
	}
	return order * d.sign()
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// instant is a point in time: seconds since 1970 in UTC, and a fraction's
// digits without trailing zeros.
type instant struct {
	seconds  int64
	fraction string
}

func (i instant) compare(j instant) int {
	switch {
	case i.seconds < j.seconds:
		return -1
	case i.seconds > j.seconds:
		return 1
	}
	return strings.Compare(i.fraction, j.fraction)
}

// parseInstant reads the W3C profile of ISO 8601, or seconds since 1970
// (S-137). A bare integer counts as seconds.
//
// UNDOCUMENTED: a date without a zone is UTC, and seconds may be negative
// (U-20); four digits are seconds rather than a year.
func parseInstant(text string) (instant, bool) {
	if digits := strings.TrimPrefix(text, "-"); digits != "" && allDigits(digits) {
		n, err := strconv.ParseInt(text, 10, 64)
		return instant{seconds: n}, err == nil
	}
	s := scanner{text: text}
	year, month, day := s.number(4), 1, 1
	hour, minute, second, zone := 0, 0, 0, 0
	var fraction string
	if s.skip('-') {
		month = s.number(2)
		if s.skip('-') {
			day = s.number(2)
			if s.skip('T') {
				hour, minute, second, fraction = s.clock()
				zone = s.zone()
			}
		}
	}
	ok := !s.bad && s.text == "" && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) &&
		hour <= 23 && minute <= 59 && second <= 59
	days := daysBefore(year, month) + int64(day-1)
	return instant{days*86400 + int64(hour*3600+minute*60+second-zone), strings.TrimRight(fraction, "0")}, ok
}

// scanner reads a date from its front; bad sticks once something is wrong.
type scanner struct {
	text string
	bad  bool
}

func (s *scanner) number(digits int) int {
	if len(s.text) < digits || !allDigits(s.text[:digits]) {
		s.bad = true
		return 0
	}
	n, _ := strconv.Atoi(s.text[:digits])
	s.text = s.text[digits:]
	return n
}

func (s *scanner) skip(c byte) bool {
	if s.text == "" || s.text[0] != c {
		return false
	}
	s.text = s.text[1:]
	return true
}

func (s *scanner) clock() (hour, minute, second int, fraction string) {
	hour = s.number(2)
	s.bad = !s.skip(':') || s.bad
	minute = s.number(2)
	if s.skip(':') {
		second = s.number(2)
		if s.skip('.') {
			end := 0
			for end < len(s.text) && s.text[end] >= '0' && s.text[end] <= '9' {
				end++
			}
			fraction, s.text = s.text[:end], s.text[end:]
			s.bad = s.bad || end == 0
		}
	}
	return hour, minute, second, fraction
}

// zone reads `Z`, `±hh:mm` or nothing and answers the offset in seconds.
func (s *scanner) zone() int {
	sign := 0
	switch {
	case s.text == "" || s.skip('Z'):
		return 0
	case s.skip('+'):
		sign = 1
	case s.skip('-'):
		sign = -1
	}
	hours := s.number(2)
	s.bad = !s.skip(':') || s.bad || sign == 0
	minutes := s.number(2)
	s.bad = s.bad || hours > 23 || minutes > 59
	return sign * (hours*3600 + minutes*60)
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	}
	return 31
}

// daysBefore counts the days from 1970-01-01 to the first of the month.
func daysBefore(year, month int) int64 {
	y := int64(year) - 1
	days := y*365 + floor(y, 4) - floor(y, 100) + floor(y, 400) - 719162
	for m := 1; m < month && m <= 12; m++ {
		days += int64(daysIn(year, m))
	}
	return days
}

func floor(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// parseBlock reads an address or CIDR block; host bits are cleared (S-141).
func parseBlock(text string) (netip.Prefix, bool) {
	if !strings.Contains(text, "/") {
		address, ok := parseAddress(text)
		if !ok {
			return netip.Prefix{}, false
		}
		return netip.PrefixFrom(address, address.BitLen()), true
	}
	block, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	if block.Addr().Is4In6() && block.Bits() >= 96 {
		block = netip.PrefixFrom(block.Addr().Unmap(), block.Bits()-96)
	}
	return block.Masked(), true
}

// parseAddress reads an address; one that maps IPv4 into IPv6 is IPv4.
//
// UNDOCUMENTED: mapped addresses (U-22).
func parseAddress(text string) (netip.Addr, bool) {
	address, err := netip.ParseAddr(text)
	if err != nil || address.Zone() != "" {
		return netip.Addr{}, false
	}
	return address.Unmap(), true
}

// parseBool reads true and false in any case (S-138).
func parseBool(text string) (value, ok bool) {
	switch {
	case strings.EqualFold(text, "true"):
		return true, true
	case strings.EqualFold(text, "false"):
		return false, true
	}
	return false, false
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeBase64 reads standard base64 with padding. The standard library's
// reader would bring reflection into the engine.
func decodeBase64(text string) ([]byte, bool) {
	if len(text)%4 != 0 {
		return nil, false
	}
	body := strings.TrimRight(text, "=")
	if len(text)-len(body) > 2 {
		return nil, false
	}
	out := make([]byte, 0, len(body)*3/4)
	bits, held := 0, 0
	for i := range len(body) {
		digit := strings.IndexByte(base64Alphabet, body[i])
		if digit < 0 {
			return nil, false
		}
		bits, held = bits<<6|digit, held+6
		if held >= 8 {
			held -= 8
			out = append(out, byte(bits>>held))
			bits &= 1<<held - 1
		}
	}
	return out, bits == 0
}
