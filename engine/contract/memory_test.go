package contract

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/scenario"
)

// heap is what is alive after collecting garbage, in bytes.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// An hour of typing leaves nothing behind: edit after edit of a policy, each
// another text, some of them broken.
func TestTypingDoesNotGrowTheHeap(t *testing.T) {
	data, err := os.ReadFile("../../content/scenarios/mfa/mfa.json")
	if err != nil {
		t.Fatal(err)
	}
	var c Checker
	edit := func(i int) {
		text := fmt.Sprintf(`{"Version":"2012-10-17","Statement":{"Sid":"Edit%d","Effect":"Allow","Action":"ec2:*","Resource":"*"}}`, i)
		if i%5 == 0 {
			text = strings.TrimSuffix(text, "}")
		}
		c.Evaluate(engine.Input{Scenario: string(data), Policies: []scenario.NamedText{{Name: "StopNeedsMFA", Text: text}}, Trace: []int{0}})
	}
	for i := range 2 * maxRemembered {
		edit(i)
	}
	before := heap()
	for i := range 2000 {
		edit(1_000_000 + i)
	}
	if after := heap(); after > before+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
}
