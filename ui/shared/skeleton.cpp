// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the bars on the rhythm of a table's rows.
#include "ui/shared/skeleton.h"

#include "ui/shared/theme.h"

#include <QtGui/QPainter>

#include <array>

namespace tallystick {

Skeleton::Skeleton(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Loading"));
}

void Skeleton::paintEvent(QPaintEvent*)
{
    constexpr std::array shares{62, 48, 70, 55, 40, 66};
    constexpr int row = 44;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    size_t index = 0;
    for (int y = theme::group; y + row < height(); y += row, ++index) {
        // Fainter downwards: how many rows will come is not known yet.
        const int percent = std::max(3, 12 - int(index));
        painter.setBrush(
            theme::tint(theme::Role::Secondary, percent, theme::Role::Surface, palette()));
        const int share = shares[index % shares.size()];
        const int width = (this->width() - 2 * theme::group) * share / 100;
        painter.drawRoundedRect(theme::group, y, width, 11, 4, 4);
        painter.drawRoundedRect(theme::group, y + 18, width / 2, 8, 4, 4);
    }
}

} // namespace tallystick
