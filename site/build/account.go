package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// sampleAccount is what a person can try the account's page with.
const sampleAccount = "accounts/simulator.json"

// accountPage files the page that reads an AWS account, and the sample.
func (s *site) accountPage(a *assets, _ []example) ([]pageFile, error) {
	text, err := os.ReadFile(filepath.Join(s.repository, "content", filepath.FromSlash(sampleAccount)))
	if err != nil {
		return nil, fmt.Errorf("the sample account: %w", err)
	}
	s.files[sampleAccount] = text
	return []pageFile{{"account/index.html", "account.html", page{
		assets: a, Sheet: a.AccountStyles, Path: "/account/", Title: "Read an AWS account · Fenceline",
		Description: "Read what the AWS CLI prints of an account, and see for each user, group and role which policies it has and where they come from. Everything stays in your browser.",
		Module:      a.Account, Imports: a.AccountImports, Body: "/" + sampleAccount,
	}}}, nil
}
