// SPDX-License-Identifier: GPL-3.0-or-later
//! A table as the program draws every one: horizontal hairlines, quiet header, whole-row selection.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QTableView>

namespace tallystick {

/// What a model may say of a cell besides Qt's own roles; HairlineDelegate draws it.
enum TableRole {
    ColorRole = Qt::UserRole + 100, ///< int(theme::Role) of the text
    ChipRole,                       ///< int(theme::Role): the text stands on a chip
    HollowRole,                     ///< bool: that chip is an outline (pending)
    SubtitleRole,                   ///< QString: a second, quieter line (needs a taller row)
    FlagRole,                       ///< QString: a chip at the end of that second line
    FlagColorRole,                  ///< int(theme::Role) of that chip
    MarkRole,                       ///< int(theme::Role): the cell is boxed, e.g. a wrong balance
    TypeRole                        ///< int(theme::Type) of the text
};

class HairlineTable final : public QTableView
{
    Q_OBJECT
public:
    explicit HairlineTable(QWidget* parent = nullptr);
    /// The column that takes what width is left.
    void setStretchColumn(int column);
    [[nodiscard]] bool isFirstShownColumn(int column) const;
    void setModel(QAbstractItemModel* model) override;

signals:
    /// The last row is near: time to ask for the next page.
    void endApproached();
    /// Enter, or a double click.
    void rowChosen(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void watchEnd();
    friend class HairlineDelegate;
    int m_hoveredRow = -1;
};

} // namespace tallystick
