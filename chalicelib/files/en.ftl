# Files: why not.

FileNotFound = There is no such file.
FileTooLarge = The file is too large: it can be at most { $limit } MB.
TooManyUploads = { $limit ->
    [one] You have uploaded { $limit } file that is not attached to anything. Attach it or wait a day.
   *[other] You have uploaded { $limit } files that are not attached to anything. Attach them or wait a day.
}
UploaderBlocked = Your access is limited. Please contact the management company.
FileNotUploaded = The file has not been uploaded yet.
FileUnchecked = The file is being checked for viruses. Try again in a few seconds.
FileInfected = A virus was found in the file; it cannot be attached.
FileUncheckable = The file could not be checked for viruses. If it is an archive with a password, remove the password.
FileWrongPurpose = The file was uploaded for another purpose.
FileWrongKind = A file of this kind cannot be used here.
FileBelongsToAnother = This file is already attached. Upload it again.
