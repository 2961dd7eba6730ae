package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// compressedFile is a file with its two copies.
type compressedFile struct {
	plain, brotli, gzip []byte
}

// compressAll makes both copies of every file. Brotli's best level takes many
// seconds for the engine, so its output is kept by the hash of its input.
func compressAll(files map[string][]byte, cache string) (map[string]compressedFile, error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return nil, err
	}
	out := make(map[string]compressedFile, len(files))
	for name, plain := range files {
		br, err := cached(cache, plain, brotliBest)
		if err != nil {
			return nil, err
		}
		gz, err := gzipBest(plain)
		if err != nil {
			return nil, err
		}
		out[name] = compressedFile{plain: plain, brotli: br, gzip: gz}
	}
	return out, nil
}

func cached(folder string, plain []byte, compress func([]byte) ([]byte, error)) ([]byte, error) {
	sum := sha256.Sum256(plain)
	name := filepath.Join(folder, hex.EncodeToString(sum[:])+".br")
	if out, err := os.ReadFile(name); err == nil && decompressesTo(out, plain) {
		return out, nil
	}
	out, err := compress(plain)
	if err != nil {
		return nil, err
	}
	return out, os.WriteFile(name, out, 0o644)
}

// decompressesTo tells a whole copy from one that a stopped build left half written.
func decompressesTo(compressed, plain []byte) bool {
	out, err := io.ReadAll(brotli.NewReader(bytes.NewReader(compressed)))
	return err == nil && bytes.Equal(out, plain)
}

func brotliBest(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	return finish(&out, w, plain)
}

func gzipBest(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	return finish(&out, w, plain)
}

func finish(out *bytes.Buffer, w io.WriteCloser, plain []byte) ([]byte, error) {
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
