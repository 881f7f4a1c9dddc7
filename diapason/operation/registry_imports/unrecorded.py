"""List the working tables of imports that the trail does not watch, each with its reason."""

UNRECORDED: dict[str, str] = {
    "registry_imports_importprogress": "how far a job has come; what it changed is in the trail",
    "registry_imports_stagedline": "working copy of a file; what was taken over of it is in the trail, line by line",
    "registry_imports_placeproposal": "questions that the program asks; the answers are recorded",
}
