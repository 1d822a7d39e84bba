"""Tests of the reader of Visual Studio projects."""
