package eval_test

import (
	"bytes"
	"encoding/base64"
	"math/big"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fenceline/engine/policy"
)

// conditions is condition(c) of C.3: all operators and keys (S-111).
func (ref *reference) conditions(d *policy.Document, list []policy.Condition) bool {
	for i := range list {
		if !ref.test(d, &list[i]) {
			return false
		}
	}
	return true
}

// refOperator is an operator name taken apart (S-112).
type refOperator struct {
	quantifier string // "ForAllValues", "ForAnyValue" or empty
	base       string
	negated    bool
	ifExists   bool
}

func refParseOperator(name string) refOperator {
	var op refOperator
	for _, q := range []string{"ForAllValues", "ForAnyValue"} {
		if rest, ok := strings.CutPrefix(name, q+":"); ok {
			op.quantifier, name = q, rest
		}
	}
	op.base, op.ifExists = strings.CutSuffix(name, "IfExists")
	op.negated = strings.Contains(op.base, "Not")
	return op
}

// test is test(op, key, policyValues) of C.3.
func (ref *reference) test(d *policy.Document, c *policy.Condition) bool {
	op := refParseOperator(c.Operator)
	var values []string // S-115
	present := false
	for _, key := range ref.request.Context.Keys() {
		if strings.EqualFold(key.Name, c.Key.Value) {
			values, present = key.Values, true
		}
	}
	empty := !present || len(values) == 0
	base := func(v string) bool { return ref.base(d, op, c.Values, v) }
	switch {
	case op.base == "Null":
		return refNull(op, c.Values, empty)
	case len(c.Values) == 0 && op.quantifier == "ForAnyValue": // S-010
		return false
	case len(c.Values) == 0 && (op.quantifier == "ForAllValues" || op.ifExists): // S-010
		return empty
	case len(c.Values) == 0 && op.quantifier == "": // S-010
		return op.negated
	case op.quantifier == "ForAllValues": // S-122, U-08
		return empty || len(values) == 1 && values[0] == "" || refAll(values, base)
	case op.quantifier == "ForAnyValue" && !present: // S-127
		return op.ifExists && !ref.options.ForAnyValueIfExistsNeedsKey
	case op.quantifier == "ForAnyValue": // S-123
		return !refAll(values, func(v string) bool { return !base(v) })
	case empty: // S-117 to S-119
		return op.ifExists || op.negated
	case len(values) > 1: // S-126
		return false
	}
	return base(values[0])
}

// refNull is S-120 and S-121.
func refNull(op refOperator, policyValues []policy.Text, empty bool) bool {
	switch op.quantifier {
	case "ForAllValues":
		return true
	case "ForAnyValue":
		return false
	}
	for _, p := range policyValues {
		if wanted, ok := refBool(p.Value); ok && wanted == empty {
			return true
		}
	}
	return false
}

func refAll(values []string, f func(string) bool) bool {
	for _, v := range values {
		if !f(v) {
			return false
		}
	}
	return true
}

// base is base(v) of C.3: OR over the policy's values, NOR when negated (S-129).
func (ref *reference) base(d *policy.Document, op refOperator, policyValues []policy.Text, v string) bool {
	for _, p := range policyValues {
		if ref.positive(d, op.base, v, p.Value) {
			return !op.negated
		}
	}
	return op.negated
}

// positive compares one value of the request with one of the policy.
func (ref *reference) positive(d *policy.Document, base, v, p string) bool {
	kind := strings.Replace(base, "Not", "", 1)
	kind = strings.Replace(kind, "IpAddress", "IP", 1)
	wild := kind == "StringLike" || strings.HasPrefix(kind, "Arn")
	var tokens []refToken
	switch kind {
	case "StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "Bool": // S-072, S-073
		var ok bool
		if tokens, ok = refExpand(p, d.Variables, wild, ref.request.Context); !ok { // S-078
			return false
		}
	}
	switch kind {
	case "StringEquals": // S-130, S-131
		return v == refLiteral(tokens)
	case "StringEqualsIgnoreCase": // S-133, U-21
		return strings.EqualFold(v, refLiteral(tokens))
	case "StringLike": // S-132
		return regexp.MustCompile(refRegexp(tokens, `(?s).`, `(?s).*`)).MatchString(v)
	case "ArnEquals", "ArnLike":
		return refArnLike(tokens, v)
	case "Bool": // S-138
		a, ok := refBool(v)
		b, too := refBool(refLiteral(tokens))
		return ok && too && a == b
	case "BinaryEquals": // S-139, S-145
		a, err := base64.StdEncoding.Strict().DecodeString(v)
		b, err2 := base64.StdEncoding.Strict().DecodeString(p)
		oneLine := !strings.ContainsAny(v+p, "\r\n") // the library skips line ends
		return oneLine && err == nil && err2 == nil && bytes.Equal(a, b)
	case "IP": // S-140, S-141
		return refInBlock(v, p)
	}
	if op, ok := strings.CutPrefix(kind, "Numeric"); ok { // S-134
		a, b := refNumber(v), refNumber(p)
		return a != nil && b != nil && refOrder(op, a.Cmp(b))
	}
	if op, ok := strings.CutPrefix(kind, "Date"); ok { // S-136
		a, b := refInstant(v), refInstant(p)
		return a != nil && b != nil && refOrder(op, a.Cmp(b))
	}
	panic("no such operator: " + base)
}

func refOrder(op string, order int) bool {
	switch op {
	case "Equals":
		return order == 0
	case "LessThan":
		return order < 0
	case "LessThanEquals":
		return order <= 0
	case "GreaterThan":
		return order > 0
	case "GreaterThanEquals":
		return order >= 0
	}
	panic("no such comparison: " + op)
}

func refBool(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// refArnLike is S-142 and S-143, U-10.
func refArnLike(tokens []refToken, v string) bool {
	values := strings.SplitN(v, ":", 6)
	if len(values) != 6 || values[0] != "arn" {
		return false
	}
	if refStars(tokens) {
		return true
	}
	// A variable may stand for a whole ARN here: its colons count.
	parts := refSplitWhere(tokens, func(refToken) bool { return true })
	if len(parts) != 6 {
		return false
	}
	for i := range parts {
		if !regexp.MustCompile(refRegexp(parts[i], `(?s).`, `(?s).*`)).MatchString(values[i]) {
			return false
		}
	}
	return true
}

// refStars says whether tokens are stars and nothing else.
func refStars(tokens []refToken) bool {
	for _, t := range tokens {
		if t.kind != '*' {
			return false
		}
	}
	return len(tokens) > 0
}

var refDecimal = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// refNumber is S-134 and U-19: an exact decimal. Generated exponents are small.
func refNumber(s string) *big.Rat {
	if !refDecimal.MatchString(s) {
		return nil
	}
	number, _ := new(big.Rat).SetString(s)
	return number
}

var (
	refEpoch = regexp.MustCompile(`^-?[0-9]+$`)
	refDate  = regexp.MustCompile(`^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?$`)
)

// refInstant is S-137 and U-20, in seconds since 1970.
func refInstant(s string) *big.Rat {
	if refEpoch.MatchString(s) {
		return refNumber(s)
	}
	m := refDate.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	number := func(text string, absent int) int {
		if text == "" {
			return absent
		}
		n, _ := strconv.Atoi(text)
		return n
	}
	year, month, day := number(m[1], 0), number(m[2], 1), number(m[3], 1)
	hour, minute, second := number(m[4], 0), number(m[5], 0), number(m[6], 0)
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Month() != time.Month(month) || t.Day() != day || t.Hour() != hour || t.Minute() != minute || t.Second() != second {
		return nil
	}
	instant := new(big.Rat).SetInt64(t.Unix())
	if m[7] != "" {
		fraction, _ := new(big.Rat).SetString("0" + m[7])
		instant.Add(instant, fraction)
	}
	if zone := m[8]; zone != "" && zone != "Z" {
		hours, minutes := number(zone[1:3], 0), number(zone[4:6], 0)
		if hours > 23 || minutes > 59 {
			return nil
		}
		offset := int64(hours*3600 + minutes*60)
		if zone[0] == '+' {
			offset = -offset
		}
		instant.Add(instant, new(big.Rat).SetInt64(offset))
	}
	return instant
}

// refInBlock is S-140 and S-141, U-22.
func refInBlock(v, p string) bool {
	address, err := netip.ParseAddr(v)
	if err != nil || address.Zone() != "" {
		return false
	}
	address = address.Unmap()
	if single, err := netip.ParseAddr(p); err == nil {
		return single.Zone() == "" && single.Unmap() == address
	}
	block, err := netip.ParsePrefix(p)
	if err != nil {
		return false
	}
	if block.Addr().Is4In6() && block.Bits() >= 96 {
		block = netip.PrefixFrom(block.Addr().Unmap(), block.Bits()-96)
	}
	return block.Contains(address)
}
