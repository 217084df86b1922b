/** What stands where something is still being read: the size of what will come, shown only after 200 ms. */

const Line = ({ className }: { readonly className: string }) => <span className={`skeleton h-4 ${className}`} />;

function ListSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className="card divide-y divide-hairline" aria-hidden="true">
      {Array.from({ length: rows }, (_, i) => `row-${i}`).map((key) => (
        <div key={key} className="flex h-[4.75rem] items-center justify-between px-5">
          <span className="w-2/3 space-y-2.5">
            <Line className="w-1/2" />
            <Line className="w-3/4" />
          </span>
          <Line className="w-20" />
        </div>
      ))}
    </div>
  );
}

/** While the clouds are asked and nobody has looked before. What follows it waits as well, or it would be pushed away by what is found. */
export function LookSkeleton() {
  return (
    <div className="first-look">
      <p className="mb-3 text-subtle">Looking now. This takes a few seconds.</p>
      <ListSkeleton rows={3} />
    </div>
  );
}
