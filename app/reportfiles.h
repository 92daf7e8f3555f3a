// SPDX-License-Identifier: GPL-3.0-or-later
//! The files a verb leaves: proven writable before the work, written whole after it.
#pragma once
#include "app/options.h"
#include "ledger/core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QSaveFile>

#include <memory>

namespace tallystick {

/// A run of an hour must not end at an unwritable path, and no half report may look like one:
/// each file is opened first, under a temporary name beside it, and renamed at the end.
class ReportFile final
{
public:
    /// An empty \a path is a file nobody wants: writing it does nothing.
    [[nodiscard]] static Result<ReportFile> opened(const QString& path);
    [[nodiscard]] Outcome write(const QByteArray& bytes);
    [[nodiscard]] bool isWanted() const { return m_file != nullptr; }

private:
    std::unique_ptr<QSaveFile> m_file;
};

/// Makes \a directory where there is none and proves that files can be made there.
[[nodiscard]] Outcome madeWritable(const QString& directory);

struct OpenReportFiles
{
    ReportFile json, html, junit, hlog, csv;
};
/// All or none. FileTrouble names the path and the system's words.
[[nodiscard]] Result<OpenReportFiles> openReportFiles(const ReportFiles& files);

} // namespace tallystick
