"""Visual Studio projects (``.vcxproj``) come in, the arguments that may be used for each source go out."""

from auditor.frontend.msbuild.projects import project_flags

__all__ = ["project_flags"]
