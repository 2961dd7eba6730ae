package simulate

import (
	"encoding/base64"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// callersKeys are the keys that the simulator fills in itself (S-332), as far
// as the account settles them; no other key is filled in. The rule is the
// console's.
//
// UNDOCUMENTED: that calls of the API get the same.
var callersKeys = []string{
	"aws:principalaccount", "aws:principaltype", "aws:principalorgid", "aws:principalorgpaths", "aws:userid", "aws:username",
}

// masterAccount is S-332's last key, which a scenario does not derive.
const masterAccount = "aws:PrincipalOrgMasterAccountId"

// filled keeps of a caller's context what the simulator fills in.
func filled(derived *iam.Context, management string) *iam.Context {
	context := &iam.Context{}
	for _, name := range callersKeys {
		if key := derived.Get(name); key != nil {
			context.Set(key)
		}
	}
	if management != "" && context.Get("aws:principalorgid") != nil {
		context.Set(&iam.Key{Name: masterAccount, Values: []string{management}})
	}
	return context
}

// valueTypes says of each type of value what is wrong with one, or nothing.
var valueTypes = map[string]func(value string) (example string, ok bool){
	"string":  func(string) (string, bool) { return "", true },
	"numeric": func(v string) (string, bool) { _, err := strconv.ParseFloat(v, 64); return "`10`", err == nil },
	"boolean": func(v string) (string, bool) {
		return "`true` or `false`", strings.EqualFold(v, "true") || strings.EqualFold(v, "false")
	},
	"ip": func(v string) (string, bool) { return "`203.0.113.7`", isAddress(v) },
	"binary": func(v string) (string, bool) {
		_, err := base64.StdEncoding.DecodeString(v)
		return "base64", err == nil
	},
	"date": func(v string) (string, bool) { return "`2030-01-31T12:00:00Z`", isDate(v) },
}

func isAddress(v string) bool {
	_, err := netip.ParseAddr(v)
	_, errRange := netip.ParsePrefix(v)
	return err == nil || errRange == nil
}

func isDate(v string) bool {
	if _, err := strconv.ParseInt(v, 10, 64); err == nil {
		return true
	}
	return slices.ContainsFunc([]string{"2006", "2006-01", "2006-01-02", "2006-01-02T15:04Z07:00", time.RFC3339Nano}, func(layout string) bool {
		_, err := time.Parse(layout, v)
		return err == nil
	})
}

// ContextKeyTypes lists the types of a context entry.
func ContextKeyTypes() []string {
	return []string{"string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList", "binary", "binaryList", "date", "dateList"}
}

// given adds the call's context entries.
func given(context *iam.Context, entries []ContextEntry) *Error {
	seen := map[string]bool{}
	for i := range entries {
		key, err := entries[i].key()
		if err != nil {
			return err
		}
		lower := strings.ToLower(key.Name)
		if seen[lower] {
			return invalid("the context key `" + source.Clip(key.Name) + "` is given twice, key names ignore case; give it once, with a list type for several values")
		}
		seen[lower] = true
		context.Set(key)
	}
	return nil
}

// key reads an entry. A type that is no list takes one value.
//
// UNDOCUMENTED: which values AWS refuses for their type, and what it makes of
// several for one that is no list; here both are refused.
func (e *ContextEntry) key() (*iam.Key, *Error) {
	name := "`" + source.Clip(e.ContextKeyName) + "`"
	kind := e.ContextKeyType
	if kind == "" {
		kind = "string" // UNDOCUMENTED: the default
	}
	single, isList := strings.CutSuffix(kind, "List")
	check := valueTypes[single]
	switch {
	case len(e.ContextKeyName) < 5 || len(e.ContextKeyName) > 256 || !strings.Contains(e.ContextKeyName, ":"):
		return nil, invalid(name + " is no context key; write `aws:SourceIp` for one")
	case check == nil:
		return nil, invalid("the context key " + name + " has the type `" + source.Clip(kind) + "`; there are `" + strings.Join(ContextKeyTypes(), "`, `") + "`")
	case !isList && len(e.ContextKeyValues) != 1:
		return nil, invalid("the context key " + name + " of the type `" + kind + "` has " + strconv.Itoa(len(e.ContextKeyValues)) + " values; give one, or write the type `" + kind + "List`")
	}
	for _, value := range e.ContextKeyValues {
		if example, ok := check(value); !ok {
			return nil, invalid("`" + source.Clip(value) + "` is no value of the type `" + single + "` for the context key " + name + "; write " + example)
		}
	}
	return &iam.Key{Name: e.ContextKeyName, Values: e.ContextKeyValues, List: isList, Origin: iam.Given}, nil
}
