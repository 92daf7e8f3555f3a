// SPDX-License-Identifier: GPL-3.0-or-later
//! A short word on a tinted pill.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QWidget>

namespace tallystick {

class Chip final : public QWidget
{
    Q_OBJECT
public:
    Chip(const QString& text, theme::Role role, QWidget* parent = nullptr);
    void setText(const QString& text);
    void setRole(theme::Role role);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

    /// The size a chip of \a text takes.
    [[nodiscard]] static QSize sizeOf(const QString& text);
    /// Draws one, left in \a rect and vertically centred, for delegates. \a isHollow: outline only.
    static void paint(QPainter& painter, const QRect& rect, const QString& text, theme::Role role,
                      const QPalette& palette, bool isHollow = false);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    theme::Role m_role;
};

} // namespace tallystick
