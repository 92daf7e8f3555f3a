// SPDX-License-Identifier: GPL-3.0-or-later
//! What is seen until the window can be: how far the start is, or why it went no further.
#pragma once
#include "ledger/core/error.h"

#include <QtWidgets/QWidget>

#include <optional>

namespace tallystick {

class Banner;
class Label;

/// A page of its own window.
class StartPage final : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// \a share: 0 to 1, where it is known how much there is to do.
    void showStep(const QString& sentence, std::optional<double> share = {});
    /// With a button to try again, and where a damaged lab is the reason one to set it aside.
    void showError(const Error& error);
    /// Something only the person can put right, e.g. a package to install.
    void showMessage(const QString& title, const QString& text);

signals:
    void retryRequested();
    void resetRequested();

private:
    class ProgressBar;
    Label* m_step;
    ProgressBar* m_progress;
    Banner* m_banner;
    bool m_offersReset = false;
};

} // namespace tallystick
