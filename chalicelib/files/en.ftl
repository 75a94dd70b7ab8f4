# Files: why not.

FileNotFound = There is no such file.
FileTooLarge = The file is too large: { $limit } MB is the most.
TooManyUploads = { $limit ->
    [one] You have sent { $limit } file that is attached to nothing. Attach it or wait a day.
   *[other] You have sent { $limit } files that are attached to nothing. Attach them or wait a day.
}
UploaderBlocked = Your access is limited. Please turn to your managing organisation.
FileNotUploaded = The file has not been sent yet.
FileUnchecked = The file is being checked for viruses. Try again in a few seconds.
FileInfected = A virus was found in the file; it cannot be attached.
FileUncheckable = The file could not be checked for viruses. If it is an archive with a password, remove it.
FileWrongPurpose = The file was sent for another purpose.
FileWrongKind = A file of this kind cannot be used here.
FileBelongsToAnother = The file is attached already. Send it once more.
