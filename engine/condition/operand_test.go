package condition

import (
	"bytes"
	"encoding/base64"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestDecimalsCompareExactly(t *testing.T) {
	ordered := []string{"-1e3", "-10.5", "-10", "-0.1", "-0.01", "0", "1e-7", "0.1", "0.10000000000000000000000001", "1", "9.99", "10", "1e2", "9007199254740993", "1e300"}
	for i, a := range ordered {
		for j, b := range ordered {
			x, okX := parseDecimal(a)
			y, okY := parseDecimal(b)
			if !okX || !okY || sign(x.compare(y)) != sign(i-j) {
				t.Errorf("%s against %s: %d", a, b, x.compare(y))
			}
		}
	}
	for _, pair := range [][2]string{{"1", "1.0"}, {"1", "+1"}, {"100", "1e2"}, {"-0", "0.00"}, {"0.5", "5e-1"}, {"007", "7"}, {".5", "0.5"}} {
		x, okX := parseDecimal(pair[0])
		y, okY := parseDecimal(pair[1])
		if !okX || !okY || x.compare(y) != 0 {
			t.Errorf("%s and %s are not the same", pair[0], pair[1])
		}
	}
	for _, text := range []string{"", "+", "-", ".", "e5", "1e", "1e+", "1.", "1,5", " 1", "1 ", "0x10", "ten", "1e9999999", "NaN", "Infinity", "١"} {
		if _, ok := parseDecimal(text); ok {
			t.Errorf("%q is read as a number", text)
		}
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// Random decimals compare as the standard library's rationals do.
func TestDecimalsAgreeWithRationals(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	number := func() string {
		text := strconv.Itoa(random.IntN(2000) - 1000)
		if random.IntN(2) == 0 {
			text += "." + strconv.Itoa(random.IntN(1000))
		}
		if random.IntN(3) == 0 {
			text += "e" + strconv.Itoa(random.IntN(7)-3)
		}
		return text
	}
	for range 5000 {
		a, b := number(), number()
		x, _ := parseDecimal(a)
		y, _ := parseDecimal(b)
		p, _ := new(big.Rat).SetString(a)
		q, _ := new(big.Rat).SetString(b)
		if sign(x.compare(y)) != p.Cmp(q) {
			t.Fatalf("%s against %s: %d, want %d", a, b, x.compare(y), p.Cmp(q))
		}
	}
}

func TestInstants(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-1": -1, "1735689600": 1735689600, "2025": 2025, "2025-01": 1735689600, "2025-01-01": 1735689600,
		"2025-01-01T00:00Z": 1735689600, "2025-01-01T00:00:00Z": 1735689600, "2025-01-01T02:00:00+02:00": 1735689600,
		"2024-12-31T19:00:00-05:00": 1735689600, "2025-01-01T00:00:00": 1735689600, "2024-02-29": 1709164800, "1969-12-31T23:59:59Z": -1,
		"0001-01-01": -62135596800, "9999-12-31T23:59:59Z": 253402300799,
	} {
		if got, ok := parseInstant(text); !ok || got.seconds != want {
			t.Errorf("%s is %d (%t), want %d", text, got.seconds, ok, want)
		}
	}
	for _, text := range []string{
		"", "2025-13-01", "2025-02-29", "2025-01-32", "2025-1-1", "2025-01-01T24:00:00Z", "2025-01-01T00:60Z", "2025-01-01 00:00:00Z",
		"2025-01-01T00:00:00z", "2025-01-01T00:00:00+2", "2025-01-01T00:00:00.Z", "tomorrow", "+5", "99999999999999999999", "2025-01-01T00:00:00Zx",
	} {
		if _, ok := parseInstant(text); ok {
			t.Errorf("%q is read as a date", text)
		}
	}
	half, _ := parseInstant("2025-01-01T00:00:00.50Z")
	same, _ := parseInstant("2025-01-01T00:00:00.5Z")
	more, _ := parseInstant("2025-01-01T00:00:00.51Z")
	if half.compare(same) != 0 || half.compare(more) >= 0 {
		t.Error("fractions of seconds compare wrongly")
	}
}

// Every day of eight centuries begins when the standard library says.
func TestDaysAgreeWithTime(t *testing.T) {
	for day := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2400; day = day.AddDate(0, 0, 1) {
		if got, ok := parseInstant(day.Format(time.DateOnly)); !ok || got.seconds != day.Unix() {
			t.Fatalf("%s is %d (%t), want %d", day.Format(time.DateOnly), got.seconds, ok, day.Unix())
		}
	}
}

func TestBase64AgreesWithTheStandardLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		text := make([]byte, random.IntN(9))
		for i := range text {
			text[i] = "ABCxyz019+/=="[random.IntN(13)]
		}
		want, err := base64.StdEncoding.Strict().DecodeString(string(text))
		got, ok := decodeBase64(string(text))
		if ok != (err == nil) || ok && !bytes.Equal(got, want) {
			t.Fatalf("%q is %q (%t), want %q (%v)", text, got, ok, want, err)
		}
	}
}

func TestBlocks(t *testing.T) {
	for _, test := range []struct {
		block, address string
		inside         bool
	}{
		{"203.0.113.0/24", "203.0.113.255", true}, {"203.0.113.77/24", "203.0.113.1", true}, {"203.0.113.0/24", "203.0.114.0", false},
		{"0.0.0.0/0", "8.8.8.8", true}, {"::/0", "2001:db8::1", true}, {"0.0.0.0/0", "2001:db8::1", false}, {"::/0", "8.8.8.8", false},
		{"203.0.113.7", "203.0.113.7", true}, {"203.0.113.7", "203.0.113.8", false}, {"2001:DB8::/32", "2001:db8:0:0::1", true},
		{"203.0.113.0/24", "::ffff:203.0.113.9", true}, {"::ffff:203.0.113.0/120", "203.0.113.9", true},
	} {
		block, ok := parseBlock(test.block)
		address, ok2 := parseAddress(test.address)
		if !ok || !ok2 || block.Contains(address) != test.inside {
			t.Errorf("%s in %s: %t, want %t", test.address, test.block, block.Contains(address), test.inside)
		}
	}
	for _, text := range []string{"", "203.0.113", "203.0.113.0/33", "203.0.113.0/-1", "203.0.113.0/024", "fe80::1%eth0", "2001:db8::/129", "a/b", "01.2.3.4"} {
		if _, ok := parseBlock(text); ok {
			t.Errorf("%q is read as a block", text)
		}
	}
}

// The table has AWS's 27 operators, each of which is read in all its forms.
func TestOperators(t *testing.T) {
	if len(Bases()) != 27 {
		t.Fatalf("%d operators", len(Bases()))
	}
	for _, base := range Bases() {
		for q := One; q <= ForAny; q++ {
			for _, ifExists := range []bool{false, true} {
				want := Operator{&base, q, ifExists}
				got, wrong := ParseOperator(want.String())
				if base.Family == Null && ifExists {
					if wrong == "" {
						t.Errorf("%s is accepted", want)
					}
				} else if wrong != "" || got.String() != want.String() {
					t.Errorf("%s is read as %s: %s", want, got, wrong)
				}
			}
		}
	}
	for _, name := range []string{"", "IfExists", "stringequals", "StringEqualsIfExistsIfExists", "ForAnyValues:StringEquals", "forAllValues:StringEquals", "StringLikeIgnoreCase"} {
		if _, wrong := ParseOperator(name); wrong == "" || strings.Contains(wrong, "%") {
			t.Errorf("%q: %q", name, wrong)
		}
	}
}
